-- expect: lock-timeout-missing:8, trigger-without-backfill:2
create function public.count_todos() returns trigger language plpgsql as $$
begin
  update public.profiles set todo_count = todo_count + 1 where id = new.user_id;
  return new;
end;
$$;
create trigger count_todos after insert on public.todos
  for each row execute function public.count_todos();
