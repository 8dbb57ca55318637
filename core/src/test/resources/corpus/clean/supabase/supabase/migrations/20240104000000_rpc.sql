create or replace function public.search_todos(term text)
returns setof todos
language sql
stable
as $function$
  select * from todos where task ilike '%' || term || '%' order by similarity(task, term) desc;
$function$;

grant execute on function public.search_todos(text) to authenticated, service_role;
revoke execute on function public.search_todos(text) from anon;
