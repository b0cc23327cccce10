-- Stores a batch of events, and returns the position of each. One statement is one transaction: a hub that stops in the
-- middle of a batch cannot keep the head row locked. The same batch again has the same result, and an earlier one is
-- refused, so that a statement which is still under way when its hub has given it up stores nothing later.
create function push_append(
    p_writer uuid, p_batch bigint, p_once uuid[], p_user uuid[], p_session uuid[], p_invalidation boolean[],
    p_body bytea[], out epoch varchar, out sequences bigint[])
language plpgsql as $$
declare
    head push_log%rowtype;
    last_batch push_writer%rowtype;
    now_at timestamp with time zone;
    new_stamp uuid := gen_random_uuid();
    stored bigint;
    size bigint;
begin
    if current_setting('synchronous_commit') = 'off' then
        perform set_config('synchronous_commit', 'on', true);
    end if;
    select * into strict head from push_log for update;
    epoch := head.epoch;
    select * into last_batch from push_writer w where w.id = p_writer;
    if last_batch.batch = p_batch and last_batch.epoch = head.epoch then
        sequences := last_batch.sequences;
        return;
    elsif last_batch.batch > p_batch then
        raise exception 'the batch % comes after the batch %', p_batch, last_batch.batch using errcode = '40001';
    end if;

    -- An event is new unless its once-id is known, or an earlier event of this batch has the same one.
    with event as (
        select n, once,
            case when once is null then n else min(n) over (partition by once) end as leader
        from unnest(p_once) with ordinality as e (once, n)
    ), fresh as (
        select n, row_number() over (order by n) as place
        from event where n = leader and not exists (select from push_once o where o.id = event.once)
    )
    select array_agg(coalesce(o.seq, head.seq + fresh.place) order by event.n) into sequences
    from event left join push_once o on o.id = event.once left join fresh on fresh.n = event.leader;

    now_at := greatest(head.stamped_at, clock_timestamp());
    with event as (
        select distinct on (seq) seq, octet_length(body) as size, body
        from unnest(sequences, p_body) as e (seq, body)
        where seq > head.seq order by seq
    ), added as (
        insert into push_event (seq, published_at, total_bytes, stamp, body)
        select seq, now_at, head.total_bytes + sum(event.size) over (order by seq), new_stamp, body from event
        returning total_bytes
    )
    select count(*), coalesce(max(total_bytes), head.total_bytes) into stored, size from added;

    if stored > 0 then
        insert into push_once (id, seq, at)
        select once, min(seq), now_at from unnest(p_once, sequences) as e (once, seq)
        where once is not null and seq > head.seq group by once;

        insert into push_invalidation (user_id, session_id, seq, published_at, body)
        select distinct on (user_id, session_id) user_id, session_id, seq, now_at, body
        from unnest(p_user, p_session, sequences, p_body, p_invalidation)
            as e (user_id, session_id, seq, body, invalidation)
        where invalidation and seq > head.seq order by user_id, session_id, seq desc
        on conflict (user_id, session_id) do update
            set seq = excluded.seq, published_at = excluded.published_at, body = excluded.body;

        update push_log set seq = head.seq + stored, total_bytes = size, stamp = new_stamp, stamped_at = now_at,
            writer = pg_current_xact_id()::xid;
        perform pg_notify('push_log', '');
    end if;

    insert into push_writer as w (id, batch, epoch, sequences, at)
    values (p_writer, p_batch, head.epoch, push_append.sequences, now_at)
    on conflict (id) do update
        set batch = excluded.batch, epoch = excluded.epoch, sequences = excluded.sequences, at = excluded.at;
end
$$;

-- Begins a new life of the log, unless another hub has done so already.
create function push_begin_life(p_former varchar, p_next varchar) returns boolean
language plpgsql as $$
declare
    head push_log%rowtype;
begin
    select * into strict head from push_log for update;
    if head.epoch <> p_former then
        return false;
    end if;
    delete from push_event;
    delete from push_invalidation;
    delete from push_once;
    delete from push_writer;
    update push_retention set evicted_through = head.seq, lost_through = 0;
    update push_log set epoch = p_next, base = head.seq, stamp = gen_random_uuid(),
        writer = pg_current_xact_id()::xid, republished = false, republisher = null, republisher_until = null;
    perform pg_notify('push_log', '');
    return true;
end
$$;

-- Claims the task of publishing again what was revoked, for half a minute.
create function push_claim_republication(p_hub uuid) returns boolean
language sql as $$
    with claimed as (
        update push_log set republisher = p_hub, republisher_until = clock_timestamp() + interval '30 s',
            writer = pg_current_xact_id()::xid
        where not republished
            and (republisher is null or republisher = p_hub or republisher_until < clock_timestamp())
        returning 1)
    select exists (select from claimed);
$$;

create function push_end_republication(p_hub uuid) returns boolean
language sql as $$
    with ended as (
        update push_log set republished = true, writer = pg_current_xact_id()::xid
        where not republished and republisher = p_hub
        returning 1)
    select exists (select from ended);
$$;

-- Removes some of what is no longer retained. Returns true if there may be more. One hub at a time cleans up; a writer
-- waits for it only where both change the last invalidation of one session.
create function push_sweep(p_window interval, p_max_bytes bigint, p_invalidations interval, p_limit integer)
returns boolean
language plpgsql as $$
declare
    done push_retention%rowtype;
    total bigint;
    cut bigint;
    removed bigint;
    lost bigint;
    dropped bigint;
    forgotten bigint;
begin
    select * into done from push_retention for update skip locked;
    if not found then
        return false;
    end if;
    select total_bytes into strict total from push_log;

    select max(seq) into cut from (
        select seq, published_at, total_bytes - octet_length(body) as bytes_before
        from push_event order by seq limit p_limit) as oldest
    where published_at <= clock_timestamp() - p_window or bytes_before < total - p_max_bytes;
    delete from push_event where seq <= cut;
    get diagnostics removed = row_count;

    with expired as (
        select seq from push_invalidation where published_at <= clock_timestamp() - p_invalidations
        order by seq limit p_limit
    ), gone as (
        delete from push_invalidation where seq in (select seq from expired) returning seq
    )
    select count(*), max(seq) into dropped, lost from gone;

    delete from push_once where id in (
        select id from push_once where at <= clock_timestamp() - greatest(p_invalidations, p_window)
        order by at limit p_limit);
    get diagnostics forgotten = row_count;
    delete from push_writer where at <= clock_timestamp() - interval '1 day';

    update push_retention set evicted_through = greatest(evicted_through, cut),
        lost_through = greatest(lost_through, lost)
    where cut is not null or lost is not null;
    return removed = p_limit or dropped = p_limit or forgotten = p_limit;
end
$$;
