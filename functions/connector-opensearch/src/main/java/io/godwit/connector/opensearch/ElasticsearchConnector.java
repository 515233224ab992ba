package io.godwit.connector.opensearch;

/** Elasticsearch, of which OpenSearch was made: what is asked of one is in the documentation of both. */
public final class ElasticsearchConnector extends OpenSearchConnector {

    @Override
    public String type() {
        return "elasticsearch";
    }

    @Override
    public boolean certified() {
        return false;
    }
}
