module.exports = {
  async up(queryInterface) {
    await queryInterface.sequelize.query(
      'CREATE INDEX IF NOT EXISTS idx_orders_placed_at ON orders (placed_at)',
    );
    await queryInterface.sequelize.query(
      'ALTER TABLE orders ADD CONSTRAINT orders_total_check CHECK (total >= 0)',
    );
  },
  async down(queryInterface) {
    await queryInterface.removeConstraint('orders', 'orders_total_check');
    await queryInterface.removeIndex('orders', 'idx_orders_placed_at');
  },
};
