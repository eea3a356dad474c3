"""Standards out and in: an ontology as RDF (SKOS, ODRL 2.2, PROV-O), its shapes in SHACL, and vocabularies of others."""
