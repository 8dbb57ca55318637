create view public.open_todos with (security_invoker = true) as
  select t.id, t.task, p.username
  from public.todos t left join public.profiles p on p.id = t.user_id
  where not t.is_complete;
grant select on public.open_todos to authenticated;
