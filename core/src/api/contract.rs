//! Generates `openapi.json` from the list of endpoints. A test compares the committed file. The TypeScript types of
//! `ui/` are generated from it (`npm run generate`).
use super::{Access, Endpoint, EndpointMeta, ErrorBody, Freshness, MOUNT, VERSION, endpoints};
use schemars::{JsonSchema, SchemaGenerator, generate::SchemaSettings};
use serde_json::{Map, Value, json};
use std::any::TypeId;

/// Collects the descriptions of the endpoints.
pub struct SchemaBuilder {
    paths: Map<String, Value>,
    /// Schemas of answers: every field is required.
    outward: SchemaGenerator,
    /// Schemas of requests: fields with a default are optional.
    inward: SchemaGenerator,
}

/// The description in OpenAPI 3.1.
pub fn openapi() -> String {
    let mut builder = described();
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

fn described() -> SchemaBuilder {
    let settings =
        || SchemaSettings::draft2020_12().with(|s| s.definitions_path = "/components/schemas".into());
    let mut builder = SchemaBuilder {
        paths: Map::new(),
        outward: settings().for_serialize().into_generator(),
        inward: settings().for_deserialize().into_generator(),
    };
    endpoints::describe(&mut builder);
    builder
}

impl SchemaBuilder {
    /// Adds one endpoint.
    pub(super) fn endpoint<E: Endpoint>(&mut self)
    where
        E::Id: 'static,
        E::Query: JsonSchema,
        E::Body: JsonSchema,
        E::Answer: JsonSchema,
    {
        let declared = E::META;
        let operation = self.operation::<E>(&declared);
        let path = self.paths.entry(declared.path).or_insert_with(|| json!({}));
        path[declared.method.to_lowercase()] = operation;
    }

    fn operation<E: Endpoint>(&mut self, declared: &EndpointMeta) -> Value
    where
        E::Query: JsonSchema,
        E::Body: JsonSchema,
        E::Answer: JsonSchema,
    {
        let (summary, description) = declared.about.split_once("\n\n").unwrap_or((declared.about, ""));
        let words = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
        let access = match declared.access {
            Access::Anyone => "",
            Access::Support => "For staff.",
            Access::Admin => "For admins.",
        };
        let freshness = match declared.freshness {
            Freshness::Session => "",
            Freshness::Password => "Asks for the password again after ten minutes.",
            Freshness::Code => {
                "Asks for the password and a code of the second factor again after ten minutes."
            }
            Freshness::CodeForStaff => {
                "Asks for the password again after ten minutes; where the account is one of staff, for a code \
                 of the second factor too."
            }
        };
        let answer = self.outward.subschema_for::<E::Answer>();
        let kind = if TypeId::of::<E::Answer>() == TypeId::of::<super::Csv>() {
            "text/csv"
        } else {
            "application/json"
        };
        let error = json!({ "$ref": "#/components/responses/Error" });
        let mut operation = json!({
            "operationId": declared.name,
            "tags": [declared.path.split('/').nth(1).unwrap_or_default()],
            "summary": words(summary),
            "description": words(&format!("{description} {access} {freshness}")),
            "parameters": self.parameters::<E>(declared),
            "responses": {
                "200": { "description": "Done.", "content": { kind: { "schema": answer } } },
                "4XX": error,
                "5XX": error,
            },
        });
        if declared.access != Access::Anyone {
            operation["security"] = json!([{ "device": [] }]);
        }
        if !is_unit::<E::Body>() {
            let body = self.inward.subschema_for::<E::Body>();
            operation["requestBody"] =
                json!({ "required": true, "content": { "application/json": { "schema": body } } });
        }
        operation
    }

    fn parameters<E: Endpoint>(&mut self, declared: &EndpointMeta) -> Vec<Value>
    where
        E::Query: JsonSchema,
    {
        let mut parameters = Vec::new();
        if declared.path.contains("{id}") {
            let schema = if TypeId::of::<E::Id>() == TypeId::of::<i64>() {
                json!({ "type": "integer", "format": "int64", "minimum": 1 })
            } else {
                json!({ "type": "string", "pattern": "^[A-Za-z0-9._-]{1,80}$" })
            };
            parameters.push(json!({ "name": "id", "in": "path", "required": true, "schema": schema }));
        }
        if is_unit::<E::Query>() {
            return parameters;
        }
        let schema = E::Query::json_schema(&mut self.inward);
        let required = schema.get("required").cloned().unwrap_or_default();
        let fields = schema.get("properties").and_then(Value::as_object).cloned().unwrap_or_default();
        for (name, schema) in fields {
            let is_required = required.as_array().is_some_and(|all| all.contains(&json!(name)));
            let mut schema = without_null(schema);
            let about = schema.as_object_mut().and_then(|schema| schema.remove("description"));
            parameters.push(json!({
                "name": name, "in": "query", "required": is_required,
                "description": about.unwrap_or_else(|| json!("")), "schema": schema,
            }));
        }
        parameters
    }
}

fn is_unit<T: 'static>() -> bool {
    TypeId::of::<T>() == TypeId::of::<()>()
}

/// A query has no `null`: what is not given is not there.
fn without_null(mut schema: Value) -> Value {
    if let Some(schema) = schema.as_object_mut() {
        schema.remove("default");
    }
    if let Some(types) = schema.get("type").and_then(Value::as_array) {
        let kept: Vec<Value> = types.iter().filter(|kind| *kind != "null").cloned().collect();
        schema["type"] = kept.into_iter().next().unwrap_or_else(|| json!("string"));
    }
    if let Some(choices) = schema.get("anyOf").and_then(Value::as_array).cloned() {
        let kept = choices.into_iter().find(|choice| choice.get("type") != Some(&json!("null")));
        let about = schema.get("description").cloned();
        schema = kept.unwrap_or_else(|| json!({}));
        if let Some(about) = about {
            schema["description"] = about;
        }
    }
    schema
}
