package push.postgres;

import java.util.HashMap;
import java.util.Map;
import logcontract.LogContract;
import push.engine.spi.EventLog;
import push.engine.spi.LogContext;
import testing.TestDatabase;

class PostgresLogContractTest extends LogContract {

    private final String url = TestDatabase.POSTGRESQL.freshUrl();

    @Override
    protected EventLog open(LogContext context) {
        Map<String, String> settings = new HashMap<>(context.settings());
        settings.put("url", url);
        return new PostgresLogProvider()
                .open(new LogContext(
                        context.node(),
                        context.version(),
                        settings,
                        context.window(),
                        context.maxBytes(),
                        context.invalidations(),
                        context.lostTimeout(),
                        context.clock(),
                        context.threads()));
    }
}
