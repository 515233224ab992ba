package io.godwit.local.command;

import picocli.CommandLine.Option;

/** How results are printed. */
public final class OutputOptions {
    /** Forms of a result. */
    enum Form {
        text,
        json
    }

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FORM",
            description = "text (default) or json: one JSON object on standard output")
    Form form = Form.text;

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "show this help")
    boolean help;

    boolean json() {
        return form == Form.json;
    }
}
