package push.transport.gate;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DescriptorsTest {

    @TempDir
    Path process;

    private Descriptors.OfProcess descriptors() {
        return new Descriptors.OfProcess(process);
    }

    private void limit(String soft) throws IOException {
        Files.writeString(process.resolve("limits"), """
                Limit                     Soft Limit           Hard Limit           Units
                Max processes             100                  200                  processes
                Max open files            %s                   524288               files
                """.formatted(soft));
    }

    @Test
    void theLimitIsTheSoftLimit() throws IOException {
        limit("1024");
        assertThat(descriptors().limit(), is(OptionalInt.of(1024)));
        limit("1073741816000");
        assertThat(descriptors().limit(), is(OptionalInt.of(Descriptors.UNLIMITED)));
    }

    @Test
    void anUnreadableValueIsEmpty() throws IOException {
        assertThat(descriptors().limit(), is(OptionalInt.empty()));
        limit("unlimited");
        assertThat(descriptors().limit(), is(OptionalInt.of(Descriptors.UNLIMITED)));
        assertThat(descriptors().open(), is(OptionalInt.empty()));
    }

    @Test
    void openDescriptorsAreCountedExceptTheCountersOwn() throws IOException {
        Path folder = Files.createDirectory(process.resolve("fd"));
        for (int i = 0; i < 5; i++) {
            Files.createFile(folder.resolve(Integer.toString(i)));
        }
        assertThat(descriptors().open(), is(OptionalInt.of(4)));
    }
}
