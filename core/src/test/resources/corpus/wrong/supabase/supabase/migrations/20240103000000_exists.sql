-- expect: if-not-exists-unchecked:2
create table if not exists public.todos (id bigint primary key);
alter table public.todos enable row level security;
