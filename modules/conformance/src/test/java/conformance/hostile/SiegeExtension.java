package conformance.hostile;

import static java.util.Objects.requireNonNull;

import conformance.HubProcess;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** Gives all tests of a class one {@link Siege}. After the last test, checks that the hub has survived. */
final class SiegeExtension implements BeforeAllCallback, AfterAllCallback {

    private final String yaml;
    private final String attack;
    private @Nullable Siege siege;

    /** With the default settings. */
    SiegeExtension(String attack) {
        this("push: {}", attack);
    }

    /**
     * @param yaml the settings of the hub
     * @param attack the name of the attack, for the log
     */
    SiegeExtension(String yaml, String attack) {
        this.yaml = yaml;
        this.attack = attack;
    }

    @Override
    public void beforeAll(ExtensionContext context) throws Exception {
        siege = new Siege(yaml);
    }

    @Override
    public void afterAll(ExtensionContext context) throws Exception {
        try (Siege ending = siege()) {
            ending.survived(attack);
        }
    }

    Siege siege() {
        return requireNonNull(siege, "the siege has not begun");
    }

    HubProcess hub() {
        return siege().hub();
    }

    int port() {
        return siege().port();
    }
}
