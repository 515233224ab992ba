/** The PostgreSQL source and sink, asked of a real server. */
@NullMarked
package io.godwit.connector.postgresql;

import org.jspecify.annotations.NullMarked;
