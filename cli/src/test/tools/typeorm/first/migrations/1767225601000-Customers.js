module.exports = class Customers1767225601000 {
  name = 'Customers1767225601000';

  async up(queryRunner) {
    await queryRunner.query(
      `CREATE TABLE customers (
        id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, email text NOT NULL, name text)`,
    );
  }

  async down(queryRunner) {
    await queryRunner.query('DROP TABLE customers');
  }
};
