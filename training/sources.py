"""The four photo sets in everyday61, with what their licences ask for; goes into every model card."""

# Files of the dataset folder that travel with the weights.
CREDIT_FILES = ("flower_photos_credits.txt", "grocery_LICENSE.txt")

SOURCES = [
    {
        "id": "caltech101",
        "name": "Caltech 101",
        "classes": "32 objects and animals, and some sunflowers",
        "licence": "CC BY 4.0",
        "credit": "Li, F.-F., Andreeto, M., Ranzato, M., & Perona, P. (2022). Caltech 101 (1.0). CaltechDATA. "
        "doi:10.22002/D1.20086",
    },
    {
        "id": "clothing",
        "name": "clothing-dataset",
        "classes": "10 garments",
        "licence": "CC0 1.0",
        "credit": "clothing-dataset, Alexey Grigorev and contributors",
    },
    {
        "id": "flowers",
        "name": "flower_photos",
        "classes": "5 flowers",
        "licence": "CC BY 2.0",
        "credit": "flower_photos, The TensorFlow Team, CC BY 2.0, photographers listed in the file",
        "file": "credits/flower_photos_credits.txt",
    },
    {
        "id": "grocery",
        "name": "GroceryStoreDataset",
        "classes": "14 fruits and vegetables",
        "licence": "MIT",
        "credit": "GroceryStoreDataset, Marcus Klasson and others, 2019, © 2019 Marcus Klasson, MIT licence in the file",
        "file": "credits/grocery_LICENSE.txt",
    },
]
