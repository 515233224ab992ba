package io.godwit.local.report;

import java.util.ArrayList;
import java.util.List;

/** Columns of text side by side; those whose head begins with {@code >} are set to the right. */
public final class TextTable {
    private final List<String> heads;
    private final List<List<String>> rows = new ArrayList<>();

    public TextTable(String... heads) {
        this.heads = List.of(heads);
    }

    public TextTable row(String... cells) {
        rows.add(List.of(cells));
        return this;
    }

    public List<String> lines() {
        int[] widths = new int[heads.size()];
        for (int i = 0; i < widths.length; i++) {
            widths[i] = name(i).length();
            for (List<String> row : rows) {
                widths[i] = Math.max(
                        widths[i], row.get(i).codePointCount(0, row.get(i).length()));
            }
        }
        List<String> lines = new ArrayList<>();
        List<String> names = new ArrayList<>();
        for (int i = 0; i < widths.length; i++) {
            names.add(name(i));
        }
        lines.add(line(names, widths));
        rows.forEach(row -> lines.add(line(row, widths)));
        return lines;
    }

    private String name(int column) {
        String head = heads.get(column);
        return head.startsWith(">") ? head.substring(1) : head;
    }

    private String line(List<String> cells, int[] widths) {
        StringBuilder line = new StringBuilder();
        for (int i = 0; i < widths.length; i++) {
            String cell = cells.get(i);
            String pad = " ".repeat(widths[i] - cell.codePointCount(0, cell.length()));
            line.append(i == 0 ? "  " : "   ");
            line.append(heads.get(i).startsWith(">") ? pad + cell : cell + pad);
        }
        return line.toString().stripTrailing();
    }
}
