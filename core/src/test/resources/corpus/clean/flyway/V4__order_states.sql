CREATE TYPE order_state AS ENUM ('new', 'paid', 'sent', 'returned');

CREATE TABLE customer_order (
    id        uuid PRIMARY KEY DEFAULT gen_random_uuid(),
    state     order_state NOT NULL DEFAULT 'new',
    net       numeric(12, 2) NOT NULL,
    tax_rate  numeric(4, 3)  NOT NULL DEFAULT 0.190,
    gross     numeric(12, 2) GENERATED ALWAYS AS (round(net * (1 + tax_rate), 2)) STORED,
    placed_on date NOT NULL DEFAULT CURRENT_DATE
);

CREATE INDEX ON customer_order (placed_on) WHERE state <> 'returned';
CREATE UNIQUE INDEX customer_order_open ON customer_order (id) INCLUDE (net, gross) WHERE state = 'new';
