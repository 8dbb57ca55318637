set lock_timeout = '2s';
alter table public.todos add column due_on date;
alter table public.todos add column tags text[] not null default '{}';
