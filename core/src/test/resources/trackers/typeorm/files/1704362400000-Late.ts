export class Other1704362400000 implements MigrationInterface {
  name = 'Late1704362400000'
}
