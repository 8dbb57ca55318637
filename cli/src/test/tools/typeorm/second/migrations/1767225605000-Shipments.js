module.exports = class Shipments1767225605000 {
  name = 'Shipments1767225605000';

  async up(queryRunner) {
    await queryRunner.query(
      `CREATE TABLE shipments (
        id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY)`,
    );
  }

  async down(queryRunner) {
    await queryRunner.query('DROP TABLE shipments');
  }
};
