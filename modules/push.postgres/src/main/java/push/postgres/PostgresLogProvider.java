package push.postgres;

import database.DatabaseConfig;
import java.util.Map;
import push.engine.spi.EventLog;
import push.engine.spi.EventLogProvider;
import push.engine.spi.LogContext;

/** Creates event logs in PostgreSQL, from the settings {@code url}, {@code direct-url}, {@code user}, {@code password}. */
public final class PostgresLogProvider implements EventLogProvider {

    static final String NAME = "postgres";

    /** Connections for everything but appending and reading, which have connections of their own. */
    private static final int POOL_SIZE = 2;

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public EventLog open(LogContext context) {
        Map<String, String> settings = context.settings();
        String url = settings.getOrDefault("url", "");
        if (!url.startsWith("jdbc:postgresql:")) {
            throw new IllegalArgumentException("push.postgres.url must be jdbc:postgresql://…, but was \""
                    + DatabaseConfig.withoutPassword(url) + "\"");
        }
        DatabaseConfig config = new DatabaseConfig(
                url,
                settings.getOrDefault("user", ""),
                settings.getOrDefault("password", ""),
                POOL_SIZE,
                settings.getOrDefault("direct-url", url));
        return PostgresLog.open(config, context);
    }
}
