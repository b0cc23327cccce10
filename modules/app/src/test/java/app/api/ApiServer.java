package app.api;

import app.PushServer;
import app.settings.Settings;
import io.helidon.config.Config;
import io.helidon.config.ConfigSources;
import java.util.HashMap;
import java.util.Map;
import testing.TestDatabase;

/** A server on a free port, with a catalogue that has a rule for one kind. */
final class ApiServer implements AutoCloseable {

    static final int MAX_SESSIONS = 20;

    private final PushServer server;

    ApiServer(TestDatabase database) {
        Map<String, String> settings = new HashMap<>();
        settings.put("server.port", "0");
        settings.put("auth.db.url", database.freshUrl());
        settings.put("push.drain-timeout", "PT0.1S");
        settings.put("auth.sessions.max-per-user", Integer.toString(MAX_SESSIONS));
        settings.put("notification.catalogue.kinds.0.name", "order");
        settings.put("notification.catalogue.kinds.0.schema", "{\"required\":[\"number\"]}");
        server = PushServer.start(Settings.of(Config.just(ConfigSources.create(settings))));
    }

    PushServer push() {
        return server;
    }

    RawHttp client() {
        return new RawHttp(server.port());
    }

    @Override
    public void close() {
        server.close();
    }
}
