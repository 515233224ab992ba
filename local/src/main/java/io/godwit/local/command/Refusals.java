package io.godwit.local.command;

import io.godwit.core.error.ErrorCode;
import io.godwit.core.error.ErrorInfo;
import io.godwit.core.error.GodwitException;
import io.godwit.ops.api.access.ApiVersion;
import io.godwit.platform.json.Json;
import java.io.IOException;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import javax.net.ssl.SSLException;

/** What it means when a server does not answer, or not as it should. Whatever is in between may answer in its place. */
final class Refusals {
    private final Address server;

    Refusals(Address server) {
        this.server = server;
    }

    /** @throws GodwitException where the answer is not what was asked for */
    void throwIfRefused(HttpResponse<byte[]> answer) {
        int status = answer.statusCode();
        String version = answer.headers().firstValue(ApiVersion.HEADER).orElse("");
        if (!version.isEmpty() && !version.equals(ApiVersion.NUMBER)) {
            throw new GodwitException(
                    ErrorCode.NOT_SUPPORTED,
                    server.url() + " speaks version " + version + " of the API, this command version "
                            + ApiVersion.NUMBER,
                    "Use the command of the server's version.");
        }
        if (status / 100 != 2) {
            throw refused(answer);
        }
        if (version.isEmpty()) {
            throw notGodwit("answers, but not as Godwit does");
        }
    }

    private GodwitException refused(HttpResponse<byte[]> answer) {
        try {
            return Json.mapper().readValue(answer.body(), ErrorInfo.class).toException();
        } catch (IOException notCoded) {
            return uncoded(answer);
        }
    }

    private GodwitException uncoded(HttpResponse<byte[]> answer) {
        int status = answer.statusCode();
        return switch (status) {
            case 401 ->
                new GodwitException(
                        ErrorCode.UNAUTHENTICATED,
                        server.url() + " does not take the token",
                        server.remote() ? "Get a new one." : "godwit doctor looks at what runs here.");
            case 403 ->
                new GodwitException(
                        ErrorCode.FORBIDDEN,
                        "what stands before " + server.url() + " refuses this",
                        "Ask who runs it.");
            case 502, 503, 504 ->
                new GodwitException(
                        ErrorCode.FUNCTION_UNREACHABLE,
                        server.url() + " has no instance that answers (HTTP " + status + ")",
                        "Try again in a moment; then see whether ops can start.");
            default ->
                status / 100 == 3 || (status == 404 && server.remote())
                        ? notGodwit("answered HTTP " + status
                                + answer.headers()
                                        .firstValue("Location")
                                        .map(to -> ", go to " + to)
                                        .orElse(""))
                        : new GodwitException(
                                ErrorCode.DEFECT,
                                server.url() + " answered HTTP " + status + " without a coded error",
                                server.remote()
                                        ? "The log of ops says more."
                                        : "The log in Godwit's folder says more.");
        };
    }

    private GodwitException notGodwit(String what) {
        return new GodwitException(
                server.remote() ? ErrorCode.COMMAND_LINE_INVALID : ErrorCode.NOT_SUPPORTED,
                server.url() + " " + what,
                server.remote()
                        ? "Give the address of Godwit's ops, without /api."
                        : "What runs here is of another version: end it, and start it with this one.");
    }

    GodwitException unreachable(IOException e) {
        if (e instanceof SSLException) {
            return new GodwitException(
                    ErrorCode.FUNCTION_UNREACHABLE,
                    server.url() + " is not trusted, or not secure: " + e.getMessage(),
                    "Name its authority to Java: GODWIT_JAVA_OPTIONS=-Djavax.net.ssl.trustStore=FILE.",
                    e);
        }
        boolean late = e instanceof HttpTimeoutException && !(e instanceof HttpConnectTimeoutException);
        return new GodwitException(
                ErrorCode.FUNCTION_UNREACHABLE,
                "Godwit at " + server.url()
                        + (late
                                ? " did not answer within " + server.deadline().toMinutes() + " min"
                                : " does not answer: " + e),
                server.remote()
                        ? late
                                ? "What was asked may go on there: see godwit runs."
                                : "See that the address is right, and reached from here."
                        : "godwit doctor looks at what runs here.",
                e);
    }
}
