exports.up = async (knex) => {
  await knex.raw('CREATE INDEX IF NOT EXISTS idx_orders_placed_at ON orders (placed_at)');
  await knex.raw('ALTER TABLE orders ADD CONSTRAINT orders_total_check CHECK (total >= 0)');
};

exports.down = async (knex) => {
  await knex.raw('ALTER TABLE orders DROP CONSTRAINT orders_total_check');
  await knex.raw('DROP INDEX idx_orders_placed_at');
};
