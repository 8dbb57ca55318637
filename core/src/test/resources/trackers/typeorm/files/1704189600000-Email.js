module.exports = class Email1704189600000 {
  async up(runner) {}
};
