/** Tests against mongo-java-server, which speaks MongoDB's protocol: it is not MongoDB's own server. */
@NullMarked
package io.godwit.connector.mongodb;

import org.jspecify.annotations.NullMarked;
