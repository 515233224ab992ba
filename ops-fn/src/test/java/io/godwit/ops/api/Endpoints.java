package io.godwit.ops.api;

import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.annotation.Annotation;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jboss.jandex.AnnotationTarget;
import org.jboss.jandex.IndexReader;

/** Every endpoint of this module, as the index says that its build made: none is listed by hand. */
final class Endpoints {
    private static final List<Class<? extends Annotation>> VERBS =
            List.of(GET.class, POST.class, PUT.class, PATCH.class, DELETE.class);

    private Endpoints() {}

    /**
     * An endpoint.
     *
     * @param path with its parameters filled in
     * @param roles none where it names none
     */
    record Endpoint(String method, String path, Set<String> roles) {}

    static List<Endpoint> all() {
        return methods().stream().map(Endpoints::endpoint).toList();
    }

    /** Their methods, in an order of their own: the compiler's may change. */
    static List<Method> methods() {
        return resources()
                .flatMap(resource -> Stream.of(resource.getDeclaredMethods()))
                .filter(method -> VERBS.stream().anyMatch(method::isAnnotationPresent))
                .sorted(Comparator.comparing(Endpoints::path).thenComparing(Endpoints::verb))
                .toList();
    }

    static String verb(Method method) {
        return VERBS.stream()
                .filter(method::isAnnotationPresent)
                .findFirst()
                .orElseThrow()
                .getSimpleName();
    }

    /** With its parameters as the annotations write them. */
    static String path(Method method) {
        String base = method.getDeclaringClass().getAnnotation(Path.class).value();
        Path path = method.getAnnotation(Path.class);
        return path == null ? base : base + "/" + path.value();
    }

    private static Endpoint endpoint(Method method) {
        RolesAllowed roles = method.getAnnotation(RolesAllowed.class);
        return new Endpoint(
                verb(method),
                path(method)
                        .replaceAll("\\{action:[^}]*}", "pause")
                        .replace("{run}", "shop.20261122T020000Z")
                        .replaceAll("\\{[^}]*}", "any"),
                roles == null ? Set.of() : Set.of(roles.value()));
    }

    private static Stream<Class<?>> resources() {
        java.nio.file.Path index = java.nio.file.Path.of("target", "classes", "META-INF", "jandex.idx");
        try (InputStream bytes = Files.newInputStream(index)) {
            return new IndexReader(bytes)
                    .read().getAnnotations(Path.class).stream()
                            .filter(each -> each.target().kind() == AnnotationTarget.Kind.CLASS)
                            .map(each -> load(each.target().asClass().name().toString()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Class<?> load(String name) {
        try {
            return Class.forName(name, false, Endpoints.class.getClassLoader());
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException(e);
        }
    }
}
