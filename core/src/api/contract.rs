//! Generates `openapi.json` from the list of endpoints. A test compares the committed file. The TypeScript
//! types of `ui/` are generated from it (`npm run generate`).
use super::{ErrorBody, MOUNT, VERSION, endpoints, schema::SchemaBuilder};
use serde_json::json;

/// The description in OpenAPI 3.1.
pub fn openapi() -> String {
    let mut builder = SchemaBuilder::new();
    endpoints::describe(&mut builder);
    let error = builder.outward.subschema_for::<ErrorBody>();
    let mut schemas = builder.outward.take_definitions(true);
    for (name, schema) in builder.inward.take_definitions(true) {
        let other = schemas.insert(name.clone(), schema.clone());
        assert!(
            other.is_none_or(|other| other == schema),
            "{name} goes in and comes out, and is described in two ways"
        );
    }
    let document = json!({
        "openapi": "3.1.0",
        "info": {
            "title": "Hollyn Online, admin API",
            "version": VERSION.to_string(),
            "description": "What staff do: customers, services, orders, plans. \
                Every answer from 400 on has the shape ErrorBody.",
        },
        "servers": [{ "url": MOUNT }],
        "paths": builder.paths,
        "components": {
            "schemas": schemas,
            "responses": {
                "Error": {
                    "description": "What is wrong.",
                    "content": { "application/json": { "schema": error } },
                },
            },
            "securitySchemes": { "device": { "type": "http", "scheme": "bearer" } },
        },
    });
    let mut text = serde_json::to_string_pretty(&document).expect("JSON is written to memory");
    text.push('\n');
    text
}
