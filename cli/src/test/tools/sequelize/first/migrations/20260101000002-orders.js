module.exports = {
  async up(queryInterface, Sequelize) {
    await queryInterface.createTable('orders', {
      id: {type: Sequelize.BIGINT, primaryKey: true, autoIncrement: true},
      customer_id: {
        type: Sequelize.BIGINT,
        allowNull: false,
        references: {model: 'customers', key: 'id'},
      },
      placed_at: {type: Sequelize.DATE, allowNull: false, defaultValue: Sequelize.fn('now')},
      total: {type: Sequelize.DECIMAL(10, 2), allowNull: false},
    });
    await queryInterface.addIndex('orders', ['customer_id'], {name: 'idx_orders_customer_id'});
  },
  down: (queryInterface) => queryInterface.dropTable('orders'),
};
