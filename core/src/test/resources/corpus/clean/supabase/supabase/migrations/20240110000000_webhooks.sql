create table private_hooks (id uuid primary key default extensions.uuid_generate_v4(), url text not null, secret bytea);
alter table private_hooks owner to postgres;
alter table private_hooks replica identity full;
create function call_hook(hook uuid, body jsonb) returns bigint language plpgsql as $$
declare
  request_id bigint;
  hook_row private_hooks%rowtype;
begin
  select * into strict hook_row from private_hooks where id = hook;
  execute format('select net.http_post(url := %L, body := %L)', hook_row.url, body) into request_id;
  return request_id;
exception
  when no_data_found then return null;
end $$;
