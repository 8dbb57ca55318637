module.exports = class Invoices1767225604000 {
  name = 'Invoices1767225604000';
  transaction = false;

  async up(queryRunner) {
    await queryRunner.query(
      `CREATE TABLE invoices (
        id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
        order_id bigint NOT NULL REFERENCES orders (id))`,
    );
    await queryRunner.query(
      `CREATE UNIQUE INDEX CONCURRENTLY idx_customers_name ON customers (name)`,
    );
  }

  async down(queryRunner) {
    await queryRunner.query('DROP TABLE invoices');
  }
};
