export class Users1704103200000 implements MigrationInterface {
  name = 'Users1704103200000'
}
