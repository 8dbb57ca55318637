module.exports = {
  async up(queryInterface, Sequelize) {
    await queryInterface.createTable('invoices', {
      id: {type: Sequelize.BIGINT, primaryKey: true, autoIncrement: true},
      order_id: {
        type: Sequelize.BIGINT,
        allowNull: false,
        references: {model: 'orders', key: 'id'},
      },
    });
    await queryInterface.sequelize.query(
      'CREATE UNIQUE INDEX CONCURRENTLY idx_customers_name ON customers (name)',
    );
  },
  down: (queryInterface) => queryInterface.dropTable('invoices'),
};
