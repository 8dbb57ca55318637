create unlogged table presence (user_id uuid primary key, seen timestamptz not null default now());
create function seen() returns void language sql as $$
  insert into presence (user_id) values (auth.uid())
  on conflict (user_id) do update set seen = excluded.seen
  where presence.seen < now() - interval '10 seconds';
$$;
