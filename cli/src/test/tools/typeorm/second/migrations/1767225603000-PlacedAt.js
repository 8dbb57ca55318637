module.exports = class PlacedAt1767225603000 {
  name = 'PlacedAt1767225603000';

  async up(queryRunner) {
    await queryRunner.query(
      `CREATE INDEX IF NOT EXISTS idx_orders_placed_at ON orders (placed_at)`,
    );
    await queryRunner.query(
      `ALTER TABLE orders ADD CONSTRAINT orders_total_check CHECK (total >= 0)`,
    );
  }

  async down(queryRunner) {
    await queryRunner.query('DROP INDEX idx_orders_placed_at');
  }
};
