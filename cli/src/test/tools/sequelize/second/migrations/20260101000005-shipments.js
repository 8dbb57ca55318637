module.exports = {
  up: (queryInterface, Sequelize) =>
    queryInterface.createTable('shipments', {
      id: {type: Sequelize.BIGINT, primaryKey: true, autoIncrement: true},
    }),
  down: (queryInterface) => queryInterface.dropTable('shipments'),
};
