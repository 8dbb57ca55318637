create table orders (id bigint primary key, org uuid not null, total numeric not null);
alter table orders enable row level security;
create policy "org members" on orders as restrictive for all to authenticated
  using (org in (select (jsonb_array_elements_text((select auth.jwt()) -> 'orgs'))::uuid));
create index orders_org on orders using hash (org);
