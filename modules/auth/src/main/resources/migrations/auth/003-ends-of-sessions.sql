-- For a user's open sessions, however many have ended.
create index if not exists session_by_state on session (user_id, revoked_at, expires_at);

-- For those that ended long ago, in either way.
create index if not exists session_by_expiry on session (expires_at);
create index if not exists session_by_revocation on session (revoked_at);
