module.exports = {
  up: (queryInterface, Sequelize) =>
    queryInterface.createTable('customers', {
      id: {type: Sequelize.BIGINT, primaryKey: true, autoIncrement: true},
      email: {type: Sequelize.TEXT, allowNull: false},
      name: Sequelize.TEXT,
    }),
  down: (queryInterface) => queryInterface.dropTable('customers'),
};
