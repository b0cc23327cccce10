package testing;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Locale;

/** The PostgreSQL server of this process: started once, and stopped with the process. */
final class PostgresServer {

    private PostgresServer() {}

    private static final class Holder {

        static final EmbeddedPostgres SERVER = start();
    }

    static EmbeddedPostgres running() {
        return Holder.SERVER;
    }

    private static EmbeddedPostgres start() {
        try {
            return EmbeddedPostgres.builder()
                    .setPgBinaryResolver(PostgresServer::programs)
                    .setOutputRedirector(ProcessBuilder.Redirect.DISCARD)
                    .setErrorRedirector(ProcessBuilder.Redirect.DISCARD)
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException("PostgreSQL did not start", e);
        }
    }

    /** Finds the server's programs. The library's default searches only its own module. */
    private static InputStream programs(String system, String machine) throws IOException {
        String name = String.format(Locale.ROOT, "postgres-%s-%s.txz", system.toLowerCase(Locale.ROOT), machine);
        InputStream programs = ClassLoader.getSystemResourceAsStream(name);
        if (programs == null) {
            throw new IOException("there is no " + name + ": these tests bring PostgreSQL for Linux on x86-64 only");
        }
        return programs;
    }
}
