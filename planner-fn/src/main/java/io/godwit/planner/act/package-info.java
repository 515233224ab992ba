/** What the planner does when something happens: it locks the run, decides, stores, and publishes after the commit. */
@NullMarked
package io.godwit.planner.act;

import org.jspecify.annotations.NullMarked;
