-- expect: vacuum-full:2
CLUSTER orders USING orders_pkey;
