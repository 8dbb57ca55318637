# no migration
