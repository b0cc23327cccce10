package app.cli;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;

import org.junit.jupiter.api.Test;

class TableTest {

    @Test
    void columnsAreAsWideAsTheirWidestCell() {
        Table table = new Table("ID", "STATE");
        table.row("gateway-1", "live");
        table.row("g2", "replaying");
        assertThat(table.lines(), contains("ID         STATE", "gateway-1  live", "g2         replaying"));
    }

    @Test
    void numbersAreAlignedToTheRight() {
        Table table = new Table("ID", "LAG");
        table.row("a", "1,024");
        table.row("b", "-7");
        assertThat(table.lines(), contains("ID    LAG", "a   1,024", "b      -7"));
    }

    @Test
    void columnWithAWordIsAlignedToTheLeft() {
        Table table = new Table("LAG", "ID");
        table.row("1024", "a");
        table.row("?", "b");
        assertThat(table.lines(), contains("LAG   ID", "1024  a", "?     b"));
    }

    @Test
    void emptyCellKeepsItsWidth() {
        Table table = new Table("A", "B", "C");
        table.row("x", "", "z");
        assertThat(table.lines(), contains("A  B  C", "x     z"));
    }

    @Test
    void noLineEndsWithSpaces() {
        Table table = new Table("A", "B");
        table.row("x", "long cell");
        table.row("y", "");
        assertThat(table.lines(), contains("A  B", "x  long cell", "y"));
    }

    @Test
    void tableWithoutRowsHasOnlyItsHeader() {
        assertThat(new Table("A", "LAG").lines(), contains("A  LAG"));
    }
}
