package io.godwit.local.command;

import io.godwit.core.error.ErrorCode;
import io.godwit.core.error.GodwitException;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/** Which server a command asks, where it is not the system of this machine. */
public final class ServerOptions {
    static final String SERVER = "GODWIT_SERVER";
    static final String TOKEN = "GODWIT_TOKEN";

    private static final Pattern LOOPBACK = Pattern.compile("localhost|127(\\.[0-9]{1,3}){3}|\\[::1]");

    @Option(
            names = "--server",
            scope = ScopeType.INHERIT,
            paramLabel = "URL",
            description = "ask the server at this address instead of the system of this machine (also: $GODWIT_SERVER)")
    @Nullable
    String server;

    // Never the token itself: whoever lists processes would read it.
    @Option(
            names = "--token-file",
            scope = ScopeType.INHERIT,
            paramLabel = "FILE",
            description = "the bearer token that the server asks for is in this file (else: in $GODWIT_TOKEN)")
    @Nullable
    String tokenFile;

    @Option(
            names = "--insecure-http",
            scope = ScopeType.INHERIT,
            description = "send the token to a server that is not on this machine without encryption")
    boolean insecureHttp;

    /**
     * The server that was named, if one was.
     *
     * @throws GodwitException COMMAND_LINE_INVALID, UNAUTHENTICATED where there is no token
     */
    public Optional<Address> address(Map<String, String> environment) {
        String named = server == null ? environment.getOrDefault(SERVER, "") : server;
        if (named.isBlank() && server == null) {
            if (tokenFile != null || insecureHttp) {
                throw invalid("no server is named", "Name it with --server URL, or in " + SERVER + ".");
            }
            return Optional.empty();
        }
        URI url = url(named.strip());
        Supplier<String> token = token(url, environment);
        // Asked now, so that what is wrong with it is said before anything is sent.
        Objects.requireNonNull(token.get());
        return Optional.of(new Address(url, token, true));
    }

    private URI url(String named) {
        URI url;
        try {
            url = new URI(named.endsWith("/") ? named.substring(0, named.length() - 1) : named);
        } catch (URISyntaxException e) {
            throw notAnAddress(named);
        }
        String scheme = url.getScheme() == null ? "" : url.getScheme().toLowerCase(Locale.ROOT);
        if (url.getUserInfo() != null) {
            // Not shown again: it may hold a password.
            throw invalid(
                    "the server's address holds a user",
                    "Give the address alone; the token is taken from " + TOKEN + " or --token-file.");
        }
        if (url.getHost() == null
                || url.getRawQuery() != null
                || url.getRawFragment() != null
                || !(scheme.equals("https") || scheme.equals("http"))) {
            throw notAnAddress(named);
        }
        if (scheme.equals("http")
                && !insecureHttp
                && !LOOPBACK.matcher(url.getHost()).matches()) {
            throw invalid(
                    url + " would get the token unencrypted",
                    "Use https; or add --insecure-http if everything in between is yours.");
        }
        return url;
    }

    private Supplier<String> token(URI url, Map<String, String> environment) {
        if (tokenFile != null) {
            String file = tokenFile;
            return () -> TokenText.ofFile(file);
        }
        String text = environment.getOrDefault(TOKEN, "");
        if (text.isBlank()) {
            throw new GodwitException(
                    ErrorCode.UNAUTHENTICATED,
                    "there is no token for " + url,
                    "Put one into " + TOKEN + ", or into a file and name it with --token-file.");
        }
        String token = TokenText.of(text, TOKEN);
        return () -> token;
    }

    private static GodwitException notAnAddress(String named) {
        return invalid(
                "not the address of a server: " + named, "Write it as https://godwit.example.org, without a query.");
    }

    private static GodwitException invalid(String message, String remedy) {
        return new GodwitException(ErrorCode.COMMAND_LINE_INVALID, message, remedy);
    }
}
