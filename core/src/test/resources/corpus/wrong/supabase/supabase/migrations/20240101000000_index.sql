-- expect: cannot-run-in-transaction:2
create index concurrently todos_user on public.todos (user_id);
