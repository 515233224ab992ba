/** The contract kit against a real OpenSearch, with the ledger in a real control store. */
@NullMarked
package io.godwit.connector.opensearch;

import org.jspecify.annotations.NullMarked;
