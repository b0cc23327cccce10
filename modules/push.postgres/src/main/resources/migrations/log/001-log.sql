-- The head: one row, which a batch of appends locks until it is committed. So the order of commits is the order of the
-- sequences. `writer` is the transaction that wrote the row; after a restored dump, xmin differs from it.
create table push_log (
    one boolean primary key default true check (one),
    epoch varchar(64) not null,
    base bigint not null,
    seq bigint not null,
    total_bytes bigint not null,
    stamp uuid not null,
    stamped_at timestamp with time zone not null,
    writer xid not null,
    republished boolean not null,
    republisher uuid,
    republisher_until timestamp with time zone
) with (fillfactor = 20);

insert into push_log (epoch, base, seq, total_bytes, stamp, stamped_at, writer, republished)
values (replace(gen_random_uuid()::text, '-', ''), 0, 0, 0, gen_random_uuid(), clock_timestamp(),
    pg_current_xact_id()::xid, false);

-- The events that can be replayed. `stamp` identifies the batch in which an event was stored; `total_bytes` is the size
-- of all events up to this one.
create table push_event (
    seq bigint primary key,
    published_at timestamp with time zone not null,
    total_bytes bigint not null,
    stamp uuid not null,
    body bytea not null
) with (autovacuum_vacuum_scale_factor = 0.05, autovacuum_vacuum_insert_scale_factor = 0.2);

-- The last invalidation of each user and session. The nil session stands for all sessions of the user.
create table push_invalidation (
    user_id uuid not null,
    session_id uuid not null,
    seq bigint not null unique,
    published_at timestamp with time zone not null,
    body bytea not null,
    primary key (user_id, session_id)
);

-- Where an event with a once-id is stored.
create table push_once (
    id uuid primary key,
    seq bigint not null,
    at timestamp with time zone not null
);

create index push_once_by_time on push_once (at);

-- The last batch of each hub, so that a hub that got no answer can ask what became of its batch.
create table push_writer (
    id uuid primary key,
    batch bigint not null,
    epoch varchar(64) not null,
    sequences bigint[] not null,
    at timestamp with time zone not null
) with (fillfactor = 20);

-- What retention has removed: one row, locked by the hub that cleans up.
create table push_retention (
    one boolean primary key default true check (one),
    evicted_through bigint not null,
    lost_through bigint not null
);

insert into push_retention (evicted_through, lost_through) values (0, 0);
