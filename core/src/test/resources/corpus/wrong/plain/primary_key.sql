-- expect: primary-key-added:2
ALTER TABLE order_tags ADD PRIMARY KEY (order_id, tag_id);
