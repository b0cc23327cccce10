package image;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class OptionsTest {

    @Test
    void trainsOnTheDemoUnlessToldOtherwise() {
        Options options = Options.parse("--jars", "j", "--output", "o", "--work", "w", "--main", "app/app.Main");

        assertThat(options.training(), is(List.of("demo")));
        assertThat(options.trainingLimit(), is(Duration.ofMinutes(5)));
        assertThat(options.etc(), is(Optional.empty()));
        assertThat(options.mainModule(), is("app"));
        assertThat(options.jars().isAbsolute(), is(true));
    }

    @Test
    void splitsTheTrainingArguments() {
        Options options =
                Options.parse("--jars", "j", "--output", "o", "--work", "w", "--main", "a/b", "--train", "demo  -v");

        assertThat(options.training(), is(List.of("demo", "-v")));
    }

    @Test
    void saysWhatIsWrong() {
        assertThat(failure("--jar", "j"), containsString("no option '--jar'"));
        assertThat(failure("--jars"), containsString("--jars needs a value"));
        assertThat(failure("--jars", "j", "--jars", "j"), containsString("--jars is given twice"));
        assertThat(failure("--jars", "j"), containsString("--output is missing"));
        assertThat(
                failure("--jars", "j", "--output", "o", "--work", "w", "--main", "app.Main"),
                containsString("not a module and its main class"));
        assertThat(
                failure("--jars", "j", "--output", "o", "--work", "w", "--main", "a/b", "--train-limit", "long"),
                containsString("--train-limit is 'long', not a duration"));
    }

    private static String failure(String... arguments) {
        return String.valueOf(assertThrows(ImageException.class, () -> Options.parse(arguments))
                .getMessage());
    }
}
