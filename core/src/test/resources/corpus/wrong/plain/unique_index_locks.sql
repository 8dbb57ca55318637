-- expect: index-without-concurrently:3
-- Two of the same number would be a mess.
CREATE UNIQUE INDEX "Orders_Number" ON sales."Orders" ("Number") WHERE cancelled_at IS NULL;
