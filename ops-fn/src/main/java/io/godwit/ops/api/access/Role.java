package io.godwit.ops.api.access;

import java.util.List;

/** What a caller may do; each role may do what those before it may. */
public final class Role {
    /** Looks: jobs, runs, what has happened. */
    public static final String VIEWER = "viewer";

    /** Runs and controls what the catalog holds, and looks at rows. */
    public static final String OPERATOR = "operator";

    /** Says what is in the catalog: which databases Godwit logs in to, with which secrets, and what it moves. */
    public static final String ADMIN = "admin";

    static final List<String> ALL = List.of(VIEWER, OPERATOR, ADMIN);

    private Role() {}
}
