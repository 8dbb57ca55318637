module.exports = class Orders1767225602000 {
  name = 'Orders1767225602000';

  async up(queryRunner) {
    await queryRunner.query(
      `CREATE TABLE orders (
        id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
        customer_id bigint NOT NULL REFERENCES customers (id),
        placed_at timestamptz NOT NULL DEFAULT now(),
        total numeric(10, 2) NOT NULL)`,
    );
    await queryRunner.query(
      `CREATE INDEX idx_orders_customer_id ON orders (customer_id)`,
    );
  }

  async down(queryRunner) {
    await queryRunner.query('DROP TABLE orders');
  }
};
