set lock_timeout = '2s';
drop policy if exists "Own todos" on public.todos;
create policy "Own todos are read" on public.todos for select using (user_id = (select auth.uid()));
alter policy "Own todos are read" on public.todos to authenticated;
