package io.godwit.connector.http;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpHeaders;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * An answer with content.
 *
 * @param uri of the request that was answered, redirects followed
 * @param content unpacked
 */
record Response(URI uri, HttpHeaders headers, InputStream content) implements AutoCloseable {
    private static final Pattern CHARSET = Pattern.compile("(?i);\\s*charset\\s*=\\s*\"?([^\";\\s]+)");
    private static final Pattern LINK =
            Pattern.compile("<([^>]*)>((?:\\s*;\\s*[^,;=\\s]+(?:\\s*=\\s*(?:\"[^\"]*\"|[^,;\\s]*))?)*)");
    private static final Pattern NEXT = Pattern.compile("(?i);\\s*rel\\s*=\\s*(?:\"([^\"]*)\"|([^,;\\s]*))");

    static Response of(URI uri, HttpHeaders headers, Body body) throws IOException {
        String type = headers.firstValue("Content-Type").orElse("");
        Matcher charset = CHARSET.matcher(type);
        if (charset.find() && !isUtf8(charset.group(1))) {
            throw new UnfitAnswerException("it is not in UTF-8, which JSON has to be");
        }
        String encoding = headers.firstValue("Content-Encoding").orElse("").strip();
        return new Response(uri, headers, Unpacked.of(body, encoding.toLowerCase(Locale.ROOT)));
    }

    private static boolean isUtf8(String name) {
        try {
            Charset charset = Charset.forName(name);
            return charset.equals(StandardCharsets.UTF_8) || charset.equals(StandardCharsets.US_ASCII);
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    /** What the server calls this content, by which another one is told; null: nothing. */
    @Nullable
    String tag() {
        Optional<String> tag = headers.firstValue("ETag");
        return tag.map(text -> "tag " + text)
                .orElse(headers.firstValue("Last-Modified")
                        .map(text -> "of " + text)
                        .orElse(null));
    }

    /**
     * A number in a header.
     *
     * @throws UnfitAnswerException where it is none
     */
    @Nullable
    Long number(String header) throws IOException {
        String text = headers.firstValue(header).orElse(null);
        if (text == null) {
            return null;
        }
        if (!text.matches("[0-9]{1,18}")) {
            throw new UnfitAnswerException("its header " + header + " is not a number of rows");
        }
        return Long.parseLong(text);
    }

    /** The address that a header {@code Link} calls the next; null: none. */
    @Nullable
    String next() {
        List<String> links = headers.allValues("Link");
        for (String header : links) {
            for (Matcher link = LINK.matcher(header); link.find(); ) {
                Matcher relation = NEXT.matcher(link.group(2));
                if (relation.find() && isNext(relation)) {
                    return link.group(1);
                }
            }
        }
        return null;
    }

    private static boolean isNext(Matcher relation) {
        String names = relation.group(1) == null ? relation.group(2) : relation.group(1);
        return List.of(names.strip().toLowerCase(Locale.ROOT).split("\\s+")).contains("next");
    }

    @Override
    public void close() throws IOException {
        content.close();
    }
}
