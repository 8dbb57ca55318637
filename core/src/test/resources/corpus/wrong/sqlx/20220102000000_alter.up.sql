-- expect: guarantee-removed:2, lock-timeout-missing:2
alter table articles alter column slug drop not null;
